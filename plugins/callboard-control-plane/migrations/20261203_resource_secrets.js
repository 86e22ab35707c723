// @ts-check

/*
 * Generated secrets of apps' resources: that there are some, which version is
 * wanted, and which cluster draws it. Their values are on the clusters alone.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('resource_secrets', table => {
    table.string('app', 253).notNullable();
    table.string('environment', 63).notNullable();
    table.string('resource', 63).notNullable();
    table.integer('version').notNullable();
    table.string('home', 253).notNullable().comment('The cluster that draws');
    table.string('state', 20).notNullable().comment('drawing, drawn');
    table.string('subject', 400).notNullable();
    table.bigInteger('valid_from').notNullable();
    table.bigInteger('valid_to').nullable();
    table.primary(['subject', 'valid_from']);
  });
  await knex.raw(
    'create unique index resource_secrets_current on resource_secrets (subject) where valid_to is null',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('subjects').where({ fact: 'resource_secrets' }).delete();
  await knex.schema.dropTable('resource_secrets');
};
