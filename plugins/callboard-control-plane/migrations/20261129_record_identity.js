// @ts-check

/*
 * Which database this is: written once, and beside the repositories too, so
 * that two that do not belong together are noticed even where names agree.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('record_identity', table => {
    table.comment('One row: the identity that the repositories have as well');
    table.integer('id').primary();
    table.string('identity').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('record_identity');
};
