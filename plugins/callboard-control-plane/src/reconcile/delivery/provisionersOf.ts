import {
  BUILT_IN_PROVISIONERS,
  type Provisioner,
  compileProvisioners,
} from '@callboard/plugin-callboard-core';
import type { Platform } from '../../Platform';

/** All provisioners of resources: the platform's files, modules, and the built-in ones. */
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
