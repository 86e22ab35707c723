// @ts-check

/*
 * How a release is rendered never changes: it keeps the version of the renderer
 * that it was made with, so that a newer Callboard rolls no app by itself.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('releases', table => {
    table
      .integer('renderer')
      .notNullable()
      .defaultTo(1)
      .comment('Version of the renderer that it was made with');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('releases', table => {
    table.dropColumn('renderer');
  });
};
