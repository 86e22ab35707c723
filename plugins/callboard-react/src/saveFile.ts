/** Gives the person a file to keep, as the browser keeps downloads. */
export function saveFile(
  name: string,
  { type, text }: { type: string; text: string },
): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
