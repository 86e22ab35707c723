import { serveJudge } from './check/serveJudge';

// Entry point of the threads of `WorkerJudge`.
serveJudge();
