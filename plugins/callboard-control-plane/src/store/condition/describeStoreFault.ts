import type { Problem } from '@callboard/plugin-callboard-common';

const DISK_FULL = /^(SQLITE_FULL|ENOSPC|EDQUOT|53100)$/;
const NOT_WRITABLE = /^(SQLITE_READONLY|SQLITE_IOERR|EROFS|25006)/;
const LOCKED = /^SQLITE_(BUSY|LOCKED)/;
/**
 * Error codes of the network, of PostgreSQL (classes 08 and 57P, too many
 * connections), and of a pool without connections.
 */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|08\w{3}|57P0\w|53300)$/;
const AWAY_MESSAGE =
  /Connection terminated|Connection ended|Timeout acquiring a connection|Unable to acquire a connection|connection timeout|not queryable/i;

/**
 * Describes the fault of the database that an error reports: `undefined` for
 * every other error, such as a bug in a statement.
 */
export function describeStoreFault(error: unknown): Problem | undefined {
  for (const { code, message, isSocket } of causesOf(error)) {
    if (DISK_FULL.test(code)) return diskFull();
    if (NOT_WRITABLE.test(code)) return notWritable();
    if (LOCKED.test(code)) return locked();
    // ENOENT is a fault of the database only where it comes from a socket.
    if ((code !== 'ENOENT' || isSocket) && AWAY.test(code)) return away();
    if (AWAY_MESSAGE.test(message)) return away();
  }
  return undefined;
}

function causesOf(
  error: unknown,
): Array<{ code: string; message: string; isSocket: boolean }> {
  const causes: Array<{ code: string; message: string; isSocket: boolean }> =
    [];
  let cause = error;
  while (cause instanceof Error && causes.length < 10) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    causes.push({
      code: String(code ?? ''),
      message: cause.message,
      isSocket: syscall === 'connect',
    });
    cause = cause.cause;
  }
  return causes;
}

function diskFull(): Problem {
  return {
    code: 'disk-full',
    what: 'Cannot record changes',
    why: 'the disk of the database is full',
    next: 'Free some space on it; everything goes on by itself within seconds',
    transient: true,
  };
}

function notWritable(): Problem {
  return {
    code: 'database-not-writable',
    what: 'Cannot record changes',
    why: 'the database cannot be written',
    next: 'Check the disk and the mount of the database; everything goes on by itself',
    transient: true,
  };
}

function locked(): Problem {
  return {
    code: 'database-locked',
    what: 'Cannot record changes',
    why: 'another program keeps the database locked',
    next: 'End that program; everything goes on by itself',
    transient: true,
  };
}

function away(): Problem {
  return {
    code: 'database-unavailable',
    what: 'Cannot answer',
    why: 'the database does not answer; what pages show is the last known state',
    next: 'Check that the database runs; everything goes on by itself within seconds',
    transient: true,
  };
}
