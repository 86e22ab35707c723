import type { Problem } from '@callboard/plugin-callboard-common';
import type { Response } from 'express';
import { statusOf } from '../http/statusOf';
import { problemLines } from './problemLines';

/** Responds with a problem as plain text, which git shows as `remote:` lines. */
export function sendTextProblem(res: Response, problem: Problem): void {
  const status = statusOf(problem);
  res.status(status);
  if (status === 401)
    res.setHeader('WWW-Authenticate', 'Basic realm="Callboard"');
  if (status === 503) res.setHeader('Retry-After', '10');
  res.type('text/plain').send(`${problemLines(problem).join('\n')}\n`);
}
