// @ts-check

/*
 * Pods that are not ours take room too. What was recorded before says nothing
 * of them.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('cluster_facts', table => {
    table
      .text('requested_by_others')
      .nullable()
      .comment('JSON: amounts; null where it was not told');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('cluster_facts', table => {
    table.dropColumn('requested_by_others');
  });
};
