import {
  BUILT_IN_PROVISIONERS,
  type Provisioner,
  compileProvisioners,
} from '@callboard/plugin-callboard-core';
import type { ControlPlaneDeps } from '../../ControlPlaneDeps';

/** Everybody who gives resources: the platform's files, modules, and what is built in. */
export function provisionersOf({
  platform,
  provisioners = [],
}: Pick<ControlPlaneDeps, 'platform' | 'provisioners'>): Provisioner[] {
  return [
    ...compileProvisioners(platform.provisioners ?? []),
    ...provisioners,
    ...BUILT_IN_PROVISIONERS,
  ];
}
