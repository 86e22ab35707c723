import { parentPort } from 'node:worker_threads';
import type { JudgeJob } from './JudgeJob';
import { judgeApp } from './judgeApp';
import { judgeText } from './judgeText';

/** Answers a `WorkerJudge`: first that it is ready, then each job in order. */
export function serveJudge(): void {
  parentPort?.on('message', (job: JudgeJob) => {
    parentPort?.postMessage(
      job.kind === 'text'
        ? judgeText(job.file, job.text)
        : judgeApp(job.question),
    );
  });
  parentPort?.postMessage('ready');
}
