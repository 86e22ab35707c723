import { z } from 'zod';
import { type ChangeCalendar, WEEKDAYS } from '../../domain';
import { isTimeZone } from '../../schedule';
import { entityRefSchema, labelNameSchema } from './nameSchemas';

const MOST = { windows: 50, freezes: 100, exceptions: 50, names: 100 };

const words = z.string().trim().min(1).max(500);

const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as "09:00"');

const instant = z
  .string()
  .regex(
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d$/,
    'must be a date and a time such as "2026-12-20T18:00"',
  );

const exception = z
  .strictObject({
    apps: z
      .array(labelNameSchema)
      .min(1)
      .max(MOST.names)
      .optional()
      .describe('Names of apps.'),
    blueprints: z
      .array(labelNameSchema)
      .min(1)
      .max(MOST.names)
      .optional()
      .describe('Names of blueprints.'),
    by: entityRefSchema.describe('Who allowed it, such as user:default/petra.'),
    why: words.describe('Why.'),
  })
  .refine(
    ({ apps, blueprints }) => apps !== undefined || blueprints !== undefined,
    {
      message: 'must name apps or blueprints',
    },
  );

/** When changes may start. */
export const changeCalendarSchema: z.ZodType<ChangeCalendar> = z.strictObject({
  timeZone: z
    .string()
    .max(100)
    .refine(isTimeZone, 'must be a time zone such as "Europe/Berlin"')
    .optional()
    .describe('Time zone of all times here; UTC where omitted.'),
  windows: z
    .array(
      z.strictObject({
        days: z
          .array(z.enum(WEEKDAYS))
          .min(1)
          .max(WEEKDAYS.length)
          .optional()
          .describe('Days on which it begins; every day where omitted.'),
        from: timeOfDay.describe('When it begins, such as "09:00".'),
        until: z
          .union([timeOfDay, z.literal('24:00')])
          .describe(
            'When it ends, such as "17:00"; on the day after where it is not later than "from".',
          ),
      }),
    )
    .max(MOST.windows)
    .optional()
    .describe('When changes may start; always where omitted.'),
  freezes: z
    .array(
      z
        .strictObject({
          from: instant.describe('When it begins, such as "2026-12-20T18:00".'),
          until: instant.describe('When it ends.'),
          why: words.describe('Why nothing may change.'),
          exceptions: z
            .array(exception)
            .max(MOST.exceptions)
            .optional()
            .describe('What may change all the same.'),
        })
        .refine(({ from, until }) => from < until, {
          message: 'must be later than "from"',
          path: ['until'],
        }),
    )
    .max(MOST.freezes)
    .optional()
    .describe('When no change may start, whatever the windows say.'),
  allowsRollbacks: z
    .boolean()
    .optional()
    .describe(
      'Whether going back to what ran before waits for nothing; it waits where omitted.',
    ),
});
