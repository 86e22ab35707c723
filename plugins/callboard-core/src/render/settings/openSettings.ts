import { isSettingName } from '@callboard/plugin-callboard-common';

/**
 * Outputs with every setting there could be, for where it is checked what a
 * workload says before it is known where it runs. What is no name of a setting
 * is answered from what is known, so that a slip is still found.
 */
export function openSettings(
  known: Record<string, unknown>,
  valueOf: (name: string) => unknown,
): Record<string, unknown> {
  const isOpen = (name: string | symbol): name is string =>
    typeof name === 'string' && isSettingName(name);
  return new Proxy(known, {
    getOwnPropertyDescriptor: (target, name) =>
      isOpen(name)
        ? {
            value: valueOf(name),
            configurable: true,
            enumerable: true,
            writable: true,
          }
        : Reflect.getOwnPropertyDescriptor(target, name),
    get: (target, name) =>
      isOpen(name) ? valueOf(name) : Reflect.get(target, name),
  });
}
