import {
  type LogLine,
  type Problem,
  createLogSelector,
} from '@callboard/plugin-callboard-common';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useReducer, useState } from 'react';
import { type LogQuestion, problemOfError } from '../api';
import { useCallboardApi } from '../events';
import { queryKeys } from './queryKeys';

export const MOST_LOG_LINES = 10_000; // the newest ones that a page keeps
const MOST_KEPT_LINES = 1_000; // of an output that is not shown any more
const SHOWN_EVERY_MS = 150; // lines of this period are rendered together
const AGAIN_MS = 2_000;

/** State of an output on a page. */
export interface Logs {
  /** Undefined until the first answer. */
  lines?: LogLine[];
  /** Number of oldest lines that were dropped because the page keeps no more. */
  dropped: number;
  /** The current failure; the lines from before it stay. */
  problem?: Problem;
  /** Whether new lines arrive by themselves. */
  isLive: boolean;
  /** Reads again. */
  retry(): void;
}

type State = Omit<Logs, 'retry'>;
type Event =
  | { kind: 'began'; known?: LogLine[] }
  | { kind: 'came'; lines: LogLine[]; isFirst: boolean; isLive: boolean }
  | { kind: 'ended' }
  | { kind: 'failed'; problem: Problem };

const NOTHING: State = { dropped: 0, isLive: false };

/**
 * Reads the output of an app, and with `follow` new lines too: the stream ends
 * when the page is left, and restarts when it breaks off.
 *
 * @param question - nothing is read while undefined
 */
export function useLogs(question: LogQuestion | undefined): Logs {
  const api = useCallboardApi();
  const client = useQueryClient();
  const [state, dispatch] = useReducer(reduce, NOTHING);
  const [attempt, setAttempt] = useState(0);
  const key = JSON.stringify(question);
  useEffect(() => {
    if (key === undefined) return undefined;
    const asked: LogQuestion = JSON.parse(key);
    const left = new AbortController();
    let timer: number | undefined;
    // Lines that were shown before stay visible until the first answer.
    const known = queryKeys.logs(key);
    dispatch({ kind: 'began', known: client.getQueryData<LogLine[]>(known) });
    const follow = async () => {
      let isFirst = true;
      let waiting: LogLine[] = [];
      let isDrawn = true;
      const draw = () => {
        if (left.signal.aborted) return;
        client.setQueryData<LogLine[]>(known, (before = []) =>
          [...(isFirst ? [] : before), ...waiting].slice(-MOST_KEPT_LINES),
        );
        dispatch({
          kind: 'came',
          lines: waiting,
          isFirst,
          isLive: asked.follow === true,
        });
        waiting = [];
        isFirst = false;
        isDrawn = true;
      };
      try {
        for await (const lines of api.readLogs(asked, {
          signal: left.signal,
        })) {
          waiting.push(...lines);
          if (isFirst) draw();
          else if (isDrawn) {
            isDrawn = false;
            window.setTimeout(draw, SHOWN_EVERY_MS);
          }
        }
        if (isFirst || waiting.length > 0) draw();
        if (left.signal.aborted) return;
        dispatch({ kind: 'ended' });
        if (asked.follow) timer = window.setTimeout(follow, AGAIN_MS);
      } catch (error) {
        if (left.signal.aborted) return;
        const problem = problemOfError(error);
        dispatch({ kind: 'failed', problem });
        if (problem.transient) timer = window.setTimeout(follow, AGAIN_MS);
      }
    };
    void follow();
    return () => {
      left.abort();
      window.clearTimeout(timer);
    };
  }, [api, client, key, attempt]);
  return { ...state, retry: () => setAttempt(count => count + 1) };
}

function reduce(state: State, event: Event): State {
  switch (event.kind) {
    case 'began':
      return {
        lines: event.known ?? state.lines,
        dropped: event.known ? 0 : state.dropped,
        isLive: false,
      };
    case 'came':
      return keepNewest({
        // A restarted stream repeats the last lines.
        lines: event.isFirst
          ? event.lines
          : [...(state.lines ?? []), ...event.lines],
        dropped: event.isFirst ? 0 : state.dropped,
        isLive: event.isLive,
      });
    case 'ended':
      return { ...state, isLive: false };
    case 'failed':
    default:
      return { ...state, isLive: false, problem: event.problem };
  }
}

function keepNewest(state: State & { lines: LogLine[] }): State {
  const over = state.lines.length - MOST_LOG_LINES;
  return over <= 0
    ? state
    : {
        ...state,
        lines: state.lines.slice(over),
        dropped: state.dropped + over,
      };
}

/** Filters loaded lines by a text, without a request; messages about the output stay. */
export function searchLogs(lines: readonly LogLine[], grep: string): LogLine[] {
  const select = createLogSelector({ grep });
  return lines.filter(line => line.stream === 'callboard' || select(line));
}
