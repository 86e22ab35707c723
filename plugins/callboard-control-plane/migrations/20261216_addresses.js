// @ts-check

/*
 * Which app answers at a host and path. The primary key decides between two
 * apps that are pushed at the same time.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('address_claims', table => {
    table.comment('Hosts and paths that an app has for itself');
    table.string('host', 253).notNullable();
    table.string('path', 1024).notNullable();
    table.string('app', 63).notNullable();
    table
      .string('environment', 63)
      .notNullable()
      .comment('In which it answers there');
    table.primary(['host', 'path']);
    table.index(['app'], 'address_claims_app');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('address_claims');
};
