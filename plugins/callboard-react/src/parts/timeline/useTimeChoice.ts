import { type PointerEvent, useRef, useState } from 'react';
import type { TimelineScale } from './timelineScale';

const DRAG_PX = 6; // a shorter movement is a click with an unsteady hand

export interface TimeChoice {
  /** None, one instant, or two in order. */
  instants: Date[];
  /** For the element whose width is the scale. */
  handlers: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(): void;
  };
}

/** Selects an instant by a click, or two by dragging. */
export function useTimeChoice(scale: TimelineScale): TimeChoice {
  const [instants, setInstants] = useState<Date[]>([]);
  const start = useRef<{ x: number; at: Date }>();
  const instantOf = (event: PointerEvent<HTMLElement>): Date => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return scale.instantAt(((event.clientX - left) / (width || 1)) * 100);
  };
  const choose = (event: PointerEvent<HTMLElement>): void => {
    if (!start.current) return;
    const at = instantOf(event);
    const { x, at: first } = start.current;
    setInstants(
      Math.abs(event.clientX - x) < DRAG_PX
        ? [first]
        : [first, at].sort((a, b) => a.getTime() - b.getTime()),
    );
  };
  return {
    instants,
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0) return;
        start.current = { x: event.clientX, at: instantOf(event) };
        event.currentTarget.setPointerCapture?.(event.pointerId);
      },
      onPointerMove: choose,
      onPointerUp(event) {
        choose(event);
        start.current = undefined;
      },
      onPointerCancel() {
        start.current = undefined;
      },
    },
  };
}
