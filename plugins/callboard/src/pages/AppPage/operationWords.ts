import type { OperationName } from './useAppDialog';

/** Name of each operation, and how to undo it. */
export const OPERATION_WORDS: Readonly<
  Record<OperationName, { verb: string; undo: string }>
> = {
  stop: { verb: 'Stop', undo: 'It can be started again at any time.' },
  start: { verb: 'Start', undo: 'It can be stopped again at any time.' },
  restart: {
    verb: 'Restart',
    undo: 'What was replaced cannot come back; the release and its settings stay the same.',
  },
  scale: {
    verb: 'Scale',
    undo: 'Leave the field empty to have as many as app.yaml says.',
  },
};
