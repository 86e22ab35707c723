// @ts-check

/*
 * Which lines of an output a process asks another for.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('questions', table => {
    table.text('filter').nullable().comment('JSON: LogFilter, of logs');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('questions', table => {
    table.dropColumn('filter');
  });
};
