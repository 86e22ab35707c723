import { findSealedOtherwise, replaceSealed } from '../../store';
import type { Recorder, SecretReader } from '../roles';
import { belongingOf } from './settingSecrets';

const AT_ONCE = 200;

/**
 * Encrypts secrets of older keys with the current key, so that the older keys
 * can be removed. For a key that is missing the log reports how many secrets
 * need it. May be cut short and run again at any time.
 */
export async function resealSecrets({
  deps: { knex, secrets, logger },
}: SecretReader & Recorder): Promise<void> {
  if (!secrets) return;
  const { keyId } = secrets;
  let resealed = 0;
  let lost = 0;
  for (let after: string | undefined; ; ) {
    const found = await findSealedOtherwise(knex, {
      keyId,
      limit: AT_ONCE + lost,
    });
    const known = found.filter(({ sealed }) => secrets.canOpen(sealed));
    lost = found.length - known.length;
    const first = known[0] && `${known[0].app}/${known[0].version}`;
    if (first === undefined || first === after) break;
    after = first;
    for (const each of known) {
      const belongsTo = belongingOf(each.app, each.name, each.version);
      const text = secrets.open(each.sealed, belongsTo);
      await replaceSealed(knex, each, secrets.seal(text, belongsTo));
      resealed += 1;
    }
  }
  if (resealed > 0)
    logger.info('secrets sealed with the newest key', { keyId, resealed });
  if (lost > 0)
    logger.warn('secrets wait for a key that is not there', { lost });
}
