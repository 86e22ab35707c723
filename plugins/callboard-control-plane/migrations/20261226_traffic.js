// @ts-check

/*
 * What the Prometheus of a cluster says of the requests that an app gets there.
 * Not part of the history, as usage.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('usage', table => {
    table
      .text('traffic')
      .nullable()
      .comment('JSON: what Prometheus said last of its requests');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('usage', table => {
    table.dropColumn('traffic');
  });
};
