/** Address of an app's page: pages and API share one address, as with `npm start` and in the images. */
export function pageOf(base: string, app: string): string {
  return `${base}/callboard/apps/${encodeURIComponent(app)}`;
}
