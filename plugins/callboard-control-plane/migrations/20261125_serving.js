// @ts-check

/*
 * What answers on a cluster while the release that is wanted there does not:
 * ready instances of another release, as they were seen.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('deployments', table => {
    table
      .text('serving')
      .nullable()
      .comment('JSON: release and ready instances; NULL where none was seen');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('deployments', table => {
    table.dropColumn('serving');
  });
};
