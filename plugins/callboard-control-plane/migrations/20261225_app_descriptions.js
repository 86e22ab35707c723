// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('apps', table => {
    table.text('description').nullable().comment('What it is for, in words');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('apps', table => {
    table.dropColumn('description');
  });
};
