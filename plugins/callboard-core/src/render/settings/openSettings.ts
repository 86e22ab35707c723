import { isSettingName } from '@callboard/plugin-callboard-common';

/**
 * Returns outputs with every possible setting, for checks of a workload before
 * its environment is known. A name that no setting can have is looked up among
 * the known outputs, so that a typing error is still found.
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
