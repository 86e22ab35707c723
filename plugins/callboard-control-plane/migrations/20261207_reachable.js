// @ts-check

// Rules and remedies of recorded decisions that bore words of our own.
const CODES = [
  ['seen-recently', 'reachable'],
  ['stays-unseen', 'unreachable-tolerated'],
  ['back-for-good', 'failback-hold'],
  ['free-room', 'free-capacity'],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const [from, to] of CODES) await rename(knex, from, to);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const [from, to] of CODES) await rename(knex, to, from);
};

/**
 * Of all rows, also those that no longer hold: they are shown as of an earlier instant.
 *
 * @param {import('knex').Knex} knex
 * @param {string} from
 * @param {string} to
 */
async function rename(knex, from, to) {
  await knex('placements')
    .where('decision', 'like', `%"rule":"${from}"%`)
    .update({
      decision: knex.raw('replace(decision, ?, ?)', [
        `"rule":"${from}"`,
        `"rule":"${to}"`,
      ]),
    });
}
