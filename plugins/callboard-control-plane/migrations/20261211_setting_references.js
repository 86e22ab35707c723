// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('setting_changes', table => {
    table
      .text('reference')
      .nullable()
      .comment('Of a secret that is kept elsewhere: where, as JSON');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('setting_changes', table => {
    table.dropColumn('reference');
  });
};
