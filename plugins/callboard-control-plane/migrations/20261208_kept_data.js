// @ts-check

/*
 * Data that stays on clusters which its app has left: where, of which
 * resources, and who wants it deleted.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('kept_data', table => {
    table.string('app', 253).notNullable();
    table.string('environment', 63).notNullable();
    table.string('cluster', 253).notNullable();
    table.text('resources').notNullable().comment('JSON: names and types');
    table.bigInteger('kept_since').notNullable();
    table
      .string('deleted_by', 255)
      .nullable()
      .comment('Who wants it deleted; NULL while it is kept');
    table.text('problem').nullable().comment('JSON: why it is not deleted yet');
    table.string('subject', 600).notNullable();
    table.bigInteger('valid_from').notNullable();
    table.bigInteger('valid_to').nullable();
    table.primary(['subject', 'valid_from']);
  });
  await knex.raw(
    'create unique index kept_data_current on kept_data (subject) where valid_to is null',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('subjects').where({ fact: 'kept_data' }).delete();
  await knex.schema.dropTable('kept_data');
};
