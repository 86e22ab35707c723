// @ts-check

/*
 * Questions that one process asks another about a cluster only that one reaches:
 * last output and objects of an app, read there now. Gone within seconds; no
 * part of the record.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('questions', table => {
    table.string('id', 64).primary();
    table.string('cluster', 253).notNullable();
    table.string('kind', 20).notNullable().comment('logs, objects');
    table.string('app', 253).notNullable();
    table.string('environment', 253).notNullable();
    table.bigInteger('asked_at').notNullable();
    table.text('answer').nullable().comment('JSON: Result');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('questions');
};
