/** In capitals, as variables of a process are written: what is not is a fact of Callboard's own, or a slip. */
const SETTING_NAME = /^[A-Z][A-Z0-9_]{0,127}$/;

/** Whether a setting can have this name. */
export function isSettingName(name: string): boolean {
  return SETTING_NAME.test(name);
}
