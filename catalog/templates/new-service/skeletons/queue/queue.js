import pg from 'pg';

// A queue is a table: a worker locks the row that it works on, and others skip
// it. A worker that dies lets go of its row, and another one takes it.
export const database = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 5,
});

// A connection that nobody uses ended: the next query makes another one.
database.on('error', error => console.error(`queue: ${error.message}`));

export async function openQueue() {
  const client = await database.connect();
  try {
    // Web and worker start at the same time, and only one may make the table.
    await client.query('SELECT pg_advisory_lock(1)');
    await client.query(
      'CREATE TABLE IF NOT EXISTS tasks (id bigserial PRIMARY KEY, text text NOT NULL, done_at timestamptz)',
    );
  } finally {
    await client.query('SELECT pg_advisory_unlock(1)');
    client.release();
  }
}

export async function add(text) {
  const { rows } = await database.query(
    'INSERT INTO tasks (text) VALUES ($1) RETURNING id',
    [text.slice(0, 1000)],
  );
  return rows[0].id;
}

// Does the oldest task that nobody works on; false where there is none.
export async function workOn(work) {
  const client = await database.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query(
      `SELECT id, text FROM tasks WHERE done_at IS NULL
       ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    if (rows.length > 0) {
      await work(rows[0]);
      await client.query('UPDATE tasks SET done_at = now() WHERE id = $1', [
        rows[0].id,
      ]);
    }
    await client.query('COMMIT');
    return rows.length > 0;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

export async function count() {
  const { rows } = await database.query(
    'SELECT count(done_at) AS done, count(*) AS all FROM tasks',
  );
  return rows[0];
}
