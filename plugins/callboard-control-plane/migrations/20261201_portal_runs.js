// @ts-check

/*
 * When a process of the portal was running: a row for each, extended while it
 * runs. What lies between them nobody observed. A database that is older than
 * this table says nothing of the time before its first row.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('portal_runs', table => {
    table.comment('Times in which a process was running and recording');
    table.increments('position').primary();
    table.string('holder').notNullable();
    table.bigInteger('began_at').notNullable();
    table
      .bigInteger('until_at')
      .notNullable()
      .comment('When it said so last; never before began_at');
    table
      .string('after')
      .comment('Why nothing was recorded right before it, where nothing was');
    table
      .integer('entry')
      .comment('Sequence of the journal entry that tells of it');
    table.index(['until_at'], 'portal_runs_by_end');
    table.index(['began_at'], 'portal_runs_by_begin');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('portal_runs');
};
