import type { Problem } from '@callboard/plugin-callboard-common';
import type { IncomingMessage, ServerResponse } from 'node:http';

const AGAIN_S = 3;

/** Responds with the reason why an app is unavailable: a page that reloads for browsers, a Problem for programs. */
export function answerProblem(
  { headers, method }: IncomingMessage,
  res: ServerResponse,
  { code, what, why, next }: Problem,
  page: string | undefined,
): void {
  const isPage = (headers.accept ?? '').includes('text/html');
  const body = isPage
    ? renderPage({ what, why, next }, page)
    : JSON.stringify({ code, what, why, next });
  res.writeHead(503, {
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'cache-control': 'no-store',
    'retry-after': String(AGAIN_S),
    connection: 'close', // the rest of the request is not read
  });
  res.end(method === 'HEAD' ? undefined : body);
}

function renderPage(
  { what, why, next }: Pick<Problem, 'what' | 'why' | 'next'>,
  page: string | undefined,
): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="${AGAIN_S}">
<title>${escapeHtml(what)}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 34rem; padding: 0 1rem }
  h1 { font-size: 1.25rem }
</style>
<main>
  <h1>${escapeHtml(what)}</h1>
  <p>${escapeHtml(sentence(why))} ${escapeHtml(sentence(next))}</p>
  ${page ? `<p><a href="${escapeHtml(page)}">Open the app’s page</a></p>` : ''}
  <p><small>This page looks again every ${AGAIN_S} seconds.</small></p>
</main>
</html>
`;
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, char => `&#${char.charCodeAt(0)};`);
}
