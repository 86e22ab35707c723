// @ts-check

/*
 * Since when history is kept: written once, at the first start. A database that
 * is older than this table began with its earliest row.
 */

const TEMPORAL = [
  'apps',
  'environment_releases',
  'placements',
  'rollouts',
  'deployments',
  'clusters',
  'cluster_contacts',
  'cluster_facts',
  'cluster_schedulings',
  'failovers',
  'cluster_agents',
  'platform_files',
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('history_start', table => {
    table.comment('One row: the first instant that a read "as of" can answer');
    table.integer('id').primary();
    table.bigInteger('began_at').notNullable();
  });
  const began = [];
  for (const table of TEMPORAL) {
    const [{ first }] = await knex(table).min({ first: 'valid_from' });
    if (first !== null) began.push(Number(first));
  }
  if (began.length > 0)
    await knex('history_start').insert({
      id: 1,
      began_at: Math.min(...began),
    });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('history_start');
};
