// @ts-check

/*
 * A commit may be pushed again after others: `main` was forced back to it. So
 * revisions and builds are known by their position, and a release by the
 * position of the revision that it was made of.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await replaceTable(knex, 'revisions', (table, name) => {
    revisionColumns(table);
    table.primary(['app', 'position'], `${name}_key`);
    table.index(['app', 'commit'], 'revisions_by_commit');
  });
  await replaceTable(knex, 'builds', (table, name) => {
    buildColumns(table);
    table.primary(['app', 'position'], `${name}_key`);
    table.index(['app', 'commit'], 'builds_by_commit');
    table.index(['state', 'app', 'position'], 'builds_pending');
  });
  await knex.schema.alterTable('releases', table => {
    table.dropUnique(['app', 'commit'], 'releases_one_per_commit');
    table
      .integer('position')
      .nullable()
      .comment('Of the revision that it was made of');
  });
  await knex('releases').update({
    position: knex('revisions')
      .select('revisions.position')
      .where('revisions.app', knex.ref('releases.app'))
      .where('revisions.commit', knex.ref('releases.commit')),
  });
  await knex.schema.alterTable('releases', table => {
    table.unique(['app', 'position'], {
      indexName: 'releases_one_per_revision',
    });
    table.index(['app', 'commit'], 'releases_by_commit');
  });
};

/**
 * Fails where a commit was pushed again: the tables of before cannot hold it.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('releases', table => {
    table.dropIndex(['app', 'commit'], 'releases_by_commit');
    table.dropUnique(['app', 'position'], 'releases_one_per_revision');
    table.dropColumn('position');
    table.unique(['app', 'commit'], { indexName: 'releases_one_per_commit' });
  });
  await replaceTable(knex, 'builds', (table, name) => {
    buildColumns(table);
    table.primary(['app', 'commit'], `${name}_commits`);
    table.index(['state', 'app', 'position'], 'builds_to_do');
  });
  await replaceTable(knex, 'revisions', (table, name) => {
    revisionColumns(table);
    table.primary(['app', 'commit'], `${name}_commits`);
    table.unique(['app', 'position'], { indexName: 'revisions_position' });
  });
};

/**
 * Makes a table anew and takes its rows over: SQLite changes no primary key.
 *
 * @param {import('knex').Knex} knex
 * @param {string} name
 * @param {(table: import('knex').Knex.CreateTableBuilder, name: string) => void} describe
 */
async function replaceTable(knex, name, describe) {
  const next = `${name}_next`;
  await knex.schema.createTable(next, table => describe(table, name));
  const columns = Object.keys(await knex(next).columnInfo()).sort();
  await knex(knex.raw('?? (??)', [next, columns])).insert(
    knex(name).select(columns),
  );
  await knex.schema.dropTable(name);
  await knex.schema.renameTable(next, name);
}

/** @param {import('knex').Knex.CreateTableBuilder} table */
function revisionColumns(table) {
  table.comment('Commits that were pushed');
  table.string('app', 63).notNullable();
  table.string('commit', 64).notNullable();
  table
    .integer('position')
    .notNullable()
    .comment('Order of the pushes of one app, from 1');
  table.text('message').notNullable();
  table.text('author').notNullable();
  table.string('pushed_by', 255).notNullable();
  table.bigInteger('pushed_at').notNullable();
  table
    .text('spec')
    .notNullable()
    .comment('JSON: app file and workloads as parsed at the push');
}

/** @param {import('knex').Knex.CreateTableBuilder} table */
function buildColumns(table) {
  table.string('app', 63).notNullable();
  table.string('commit', 64).notNullable();
  table.integer('position').notNullable();
  table
    .string('state', 16)
    .notNullable()
    .comment('pending, succeeded or failed');
  table.string('builder', 255).notNullable();
  table.bigInteger('requested_at').notNullable();
  table.bigInteger('started_at').nullable();
  table.bigInteger('finished_at').nullable();
  table.text('problem').nullable().comment('JSON: Problem');
}
