// @ts-check

/*
 * What a token opens: git, or the API for a command line. Tokens that there are
 * stay what they were made for.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('git_tokens', table => {
    table
      .string('scope', 8)
      .notNullable()
      .defaultTo('git')
      .comment('git, or api: the API, for a command line');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // Without their scope these would open git.
  await knex('git_tokens').whereNot({ scope: 'git' }).delete();
  await knex.schema.alterTable('git_tokens', table => {
    table.dropColumn('scope');
  });
};
