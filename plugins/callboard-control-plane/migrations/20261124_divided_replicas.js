// @ts-check

/*
 * Copies of an app that are divided over its clusters: how many of them each
 * cluster shall have.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('deployments', table => {
    table
      .integer('desired_replicas')
      .nullable()
      .comment('Empty where copies are not divided: the environment says it');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('deployments', table => {
    table.dropColumn('desired_replicas');
  });
};
