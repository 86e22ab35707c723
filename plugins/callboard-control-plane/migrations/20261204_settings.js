// @ts-check

/*
 * Settings of apps: each change is a row, numbered by app, never rewritten but
 * to seal its secret with a newer key. What an environment runs is a release
 * together with its settings, so deployments and rollouts name both.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('setting_changes', table => {
    table.comment('Variables and secrets that people set for apps');
    table.string('app', 63).notNullable();
    table.integer('version').notNullable().comment('Counted by app');
    table
      .string('environment', 63)
      .nullable()
      .comment('NULL where it counts in all of them');
    table.string('name', 128).notNullable();
    table.string('kind', 20).notNullable().comment('variable, secret, none');
    table.text('value').nullable().comment('Of a variable');
    table.text('sealed').nullable().comment('Of a secret, encrypted');
    table.string('key_id', 16).nullable().comment('Of the key that sealed it');
    table
      .integer('restores')
      .nullable()
      .comment('The change whose value counts again');
    table.string('changed_by', 255).notNullable();
    table.bigInteger('changed_at').notNullable();
    table.text('why').nullable();
    table.primary(['app', 'version'], 'setting_changes_key');
  });
  await knex.schema.alterTable('deployments', table => {
    table.integer('desired_settings').nullable();
  });
  await knex.schema.alterTable('rollouts', table => {
    table.integer('settings').nullable();
    table.integer('settings_before').nullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('rollouts', table => {
    table.dropColumns('settings', 'settings_before');
  });
  await knex.schema.alterTable('deployments', table => {
    table.dropColumn('desired_settings');
  });
  await knex.schema.dropTable('setting_changes');
};
