import type { ReconcileContext } from '../ReconcileContext';
import type { FleetReading } from './FleetReading';
import { readFleet } from './readFleet';

const KEEP_MS = 1_000; // what nobody tells of (a node more, an instance gone) is taken in by then

/**
 * One reading of the fleet for the placements that are decided one after the
 * other: when all are looked at again, reading it for each of them would cost
 * their number squared. Anyone who asks for a placement makes it forgotten, so
 * that nothing is decided on facts older than the question.
 */
export class FleetReadings {
  #kept?: { reading: FleetReading; readAtMs: number };
  #questions = 0;

  /** Something happened for which placements are asked again. */
  forget(): void {
    this.#questions += 1;
    this.#kept = undefined;
  }

  async read(
    context: Pick<ReconcileContext, 'deps' | 'fleet' | 'sketches'>,
  ): Promise<FleetReading> {
    const now = context.deps.clock.now();
    const ageMs = this.#kept && now.getTime() - this.#kept.readAtMs;
    if (this.#kept && ageMs !== undefined && ageMs >= 0 && ageMs < KEEP_MS) {
      const { reading } = this.#kept;
      reading.now = now;
      return reading;
    }
    const asked = this.#questions;
    const reading = await readFleet(context);
    if (asked === this.#questions)
      this.#kept = { reading, readAtMs: now.getTime() };
    return reading;
  }
}
