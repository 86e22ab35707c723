// @ts-check

/*
 * Git tokens that people make for themselves, and for the machines of an app.
 * Of a token only its hash is kept. A row stays for a while after its token has
 * ended, so that who still uses it is told why it counts no more.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('git_tokens', table => {
    table.comment('Git tokens of people, and of machines of apps');
    table.string('id', 36).primary();
    table
      .string('hash', 64)
      .notNullable()
      .unique({ indexName: 'git_tokens_hash' })
      .comment('sha256 of the token, in hex');
    table.string('name', 60).notNullable();
    table
      .string('holder', 255)
      .notNullable()
      .comment(
        'Entity reference: of a person, or of the owner that the app had when its token was made',
      );
    table
      .string('app', 63)
      .nullable()
      .comment('The only app it is good for; NULL for a person');
    table
      .boolean('in_catalog')
      .notNullable()
      .comment('Whether the catalog knew the person, and must know them still');
    table.string('created_by', 255).notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.bigInteger('last_used_at').nullable();
    table.bigInteger('revoked_at').nullable();
    table.string('revoked_by', 255).nullable();
    table.index(['holder'], 'git_tokens_holder');
    table.index(['app'], 'git_tokens_app');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('git_tokens');
};
