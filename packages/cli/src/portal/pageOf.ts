/** Where people look at an app: pages and API have one address, as `npm start` and the images have it. */
export function pageOf(base: string, app: string): string {
  return `${base}/callboard/apps/${encodeURIComponent(app)}`;
}
