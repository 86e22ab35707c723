import { serveJudge } from './check/serveJudge';

// A program of its own, run in threads by `WorkerJudge`.
serveJudge();
