/** In capitals, like environment variables: other names are Callboard's own facts, or typing errors. */
const SETTING_NAME = /^[A-Z][A-Z0-9_]{0,127}$/;

/** Returns whether a setting can have this name. */
export function isSettingName(name: string): boolean {
  return SETTING_NAME.test(name);
}
