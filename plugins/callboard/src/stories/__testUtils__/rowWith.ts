import { screen } from '@testing-library/react';

/** The row of a table or list that holds a text. */
export async function rowWith(text: string): Promise<HTMLElement> {
  const found = await screen.findAllByText(text);
  const row = found
    .map(element => element.closest<HTMLElement>('[role="row"], li, tr'))
    .find(Boolean);
  if (!row) throw new Error(`No row holds "${text}"`);
  return row;
}
