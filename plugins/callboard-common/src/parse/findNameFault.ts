const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const MAX_LENGTH = 63;

/** Returns why a name is not a DNS label (RFC 1123) of at most 63 characters; undefined when it is one. */
export function findNameFault(name: string): string | undefined {
  if (name === '') return 'the name is empty';
  if (name.length > MAX_LENGTH)
    return `it has ${name.length} characters, at most ${MAX_LENGTH} are allowed`;
  if (DNS_LABEL.test(name)) return undefined;
  const odd = /[^a-z0-9-]/u.exec(name);
  if (odd)
    return /[A-Z]/.test(odd[0])
      ? `it contains the capital letter "${odd[0]}"`
      : `it contains ${JSON.stringify(odd[0])}`;
  return 'it starts or ends with "-"';
}
