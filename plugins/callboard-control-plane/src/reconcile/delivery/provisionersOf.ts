import {
  BUILT_IN_PROVISIONERS,
  type Provisioner,
  compileProvisioners,
} from '@callboard/plugin-callboard-core';
import type { Platform } from '../../Platform';

/** Everybody who gives resources: the platform's files, modules, and what is built in. */
export function provisionersOf({
  platform,
  provisioners = [],
}: {
  platform: Platform;
  provisioners?: readonly Provisioner[];
}): Provisioner[] {
  return [
    ...compileProvisioners(platform.provisioners ?? []),
    ...provisioners,
    ...BUILT_IN_PROVISIONERS,
  ];
}
