/** What builds and runs pushed code: for a process that does nothing else, and is started faster without the rest. */
export * from './builds';
export * from './dependencies';
export * from './sandbox';
