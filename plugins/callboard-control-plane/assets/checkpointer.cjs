// Runs in a thread of the portal: moves the write-ahead logs of its SQLite files
// into the files, so that the event loop does not wait for the disk meanwhile.
// See src/store/checkpointBesideLoop.ts.
const { parentPort, workerData } = require('node:worker_threads');
// The very library that the portal's connections use: two copies of SQLite in one
// process would undo each other's locks.
const Database = require(workerData.driver);

parentPort.on('message', ({ id, file }) => {
  let database;
  try {
    database = new Database(file, { fileMustExist: true, timeout: 0 });
    database.pragma('synchronous = FULL');
    const [{ log, checkpointed }] = database.pragma('wal_checkpoint(PASSIVE)');
    parentPort.postMessage({ id, log, checkpointed });
  } catch (error) {
    parentPort.postMessage({ id, failure: String(error) });
  } finally {
    database?.close();
  }
});
