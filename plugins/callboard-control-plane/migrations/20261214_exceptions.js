// @ts-check

/*
 * What may violate a policy or leave a blueprint for a while, who let it and
 * why. A row stays after its exception has ended: the journal names it.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('exceptions', table => {
    table.comment('What may violate a policy or a blueprint for a while');
    table.string('id', 36).primary();
    table.string('kind', 20).notNullable().comment('policy or blueprint');
    table
      .string('name', 63)
      .notNullable()
      .comment('Of the policy or blueprint');
    table
      .string('target', 130)
      .notNullable()
      .comment(
        'Of a policy an app, or app/environment; of a blueprint a cluster',
      );
    table.string('why', 500).notNullable();
    table.string('created_by', 255).notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.bigInteger('ended_at').nullable();
    table.string('ended_by', 255).nullable();
    table.index(['kind', 'expires_at'], 'exceptions_expiry');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('exceptions');
};
