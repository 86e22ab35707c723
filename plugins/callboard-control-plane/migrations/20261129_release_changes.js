// @ts-check

/*
 * Whether a change of an environment's release was a rollback is known when it
 * is made: releases carry numbers, and an older one may never have been there.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('environment_releases', table => {
    table
      .string('change', 16)
      .notNullable()
      .defaultTo('newer')
      .comment(
        'newer, older or rollback: to a release that came here before the one that it replaces',
      );
    table.index(['subject', 'release'], 'environment_releases_by_release');
  });
  await knex.raw(`
    with stays as (
      select subject, valid_from, release,
             min(valid_from) over (partition by subject, release) as came
      from environment_releases
    ), changes as (
      select subject, valid_from, release, came,
             lag(release) over line as last_release,
             lag(came) over line as last_came
      from stays
      window line as (partition by subject order by valid_from)
    )
    update environment_releases
    set change = case when changes.came < changes.last_came then 'rollback' else 'older' end
    from changes
    where changes.subject = environment_releases.subject
      and changes.valid_from = environment_releases.valid_from
      and (changes.came < changes.last_came or changes.release < changes.last_release)
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('environment_releases', table => {
    table.dropIndex(['subject', 'release'], 'environment_releases_by_release');
    table.dropColumn('change');
  });
};
