// @ts-check

// The state of a rollout lists the clusters that it updated, and the phase that people were last notified of.
const KEYS = [
  ['"touched":[', '"updated":['],
  ['"told":"', '"lastNotified":"'],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const [from, to] of KEYS) await rename(knex, from, to);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const [from, to] of KEYS) await rename(knex, to, from);
};

/**
 * @param {import('knex').Knex} knex
 * @param {string} from
 * @param {string} to
 */
async function rename(knex, from, to) {
  await knex('rollouts')
    .where('state', 'like', `%${from}%`)
    .update({ state: knex.raw('replace(state, ?, ?)', [from, to]) });
}
