/**
 * Reads keys from the text of a file or an environment variable: one per line,
 * 32 bytes in Base64, the encrypting one first. Lines that start with `#` are
 * ignored. Errors never contain any of the text.
 */
export function readSecretKeys(text: string, where: string): Buffer[] {
  const lines = text
    .split(/[\n,]/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'));
  const keys = lines.map(line => Buffer.from(line, 'base64'));
  const odd = keys.findIndex(
    (key, index) =>
      key.length !== 32 || !/^[A-Za-z0-9+/]{43}=?$/.test(lines[index]),
  );
  if (odd >= 0)
    throw new Error(
      `${where}: key ${
        odd + 1
      } is not 32 bytes in Base64. Make one with "openssl rand -base64 32"`,
    );
  if (keys.length === 0) throw new Error(`${where} holds no key`);
  return keys;
}
