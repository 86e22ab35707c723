// @ts-check

/*
 * Who approved a release for an environment stays with it: going back to it
 * asks for no second approval. Of what was recorded before nobody knows it.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('environment_releases', table => {
    table
      .string('approved_for', 255)
      .nullable()
      .comment(
        'Entity reference of the group that had to approve; null where nobody had to',
      );
    table.string('approved_by', 255).nullable().comment('Who approved for it');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('environment_releases', table => {
    table.dropColumn('approved_by');
    table.dropColumn('approved_for');
  });
};
