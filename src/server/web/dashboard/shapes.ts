/** A rectangle of a drawing that is 100 high; it grows downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How wide a day is in a drawing. */
export const DAY_WIDTH = 10;

/**
 * Bars that stand on each other, one pile a day.
 *
 * @param parts - of each day, from the ground up; undefined for a day of which nothing is known
 * @param top - the number that is 100 high; larger than 0
 * @returns for each day the boxes of its parts, also those that are 0
 */
export function toPiles(
  parts: readonly (readonly number[] | undefined)[],
  top: number,
): readonly (readonly Box[])[] {
  return parts.map((counts = [], day) => {
    let ground = 0;
    return counts.map((count) => {
      const height = (count / top) * 100;
      ground += height;
      return { x: day * DAY_WIDTH + 1, y: round(100 - ground), width: DAY_WIDTH - 2, height: round(height) };
    });
  });
}

/**
 * The strokes of a line, day by day. It has a gap where a value is not known; a value between two gaps is a stroke as wide as half a day.
 *
 * @param top - the number that is 100 high; larger than 0
 * @returns each as the points of a polyline
 */
export function toStrokes(values: readonly (number | undefined)[], top: number): readonly string[] {
  const strokes: [x: number, y: number][][] = [];
  values.forEach((value, day) => {
    if (value === undefined) return;
    const point: [number, number] = [(day + 0.5) * DAY_WIDTH, round(100 - (value / top) * 100)];
    if (day > 0 && values[day - 1] !== undefined) strokes.at(-1)?.push(point);
    else strokes.push([point]);
  });
  return strokes.map((points) => (points.length === 1 ? widen(points) : points).map(toText).join(' '));
}

function widen([[x, y] = [0, 0]]: readonly [x: number, y: number][]): [number, number][] {
  return [
    [x - DAY_WIDTH / 4, y],
    [x + DAY_WIDTH / 4, y],
  ];
}

/** A number that is easy to read and not smaller than any of these: one digit and zeros. 1 where there is none. */
export function toTop(values: readonly (number | undefined)[]): number {
  const largest = values.reduce<number>((most, value = 0) => Math.max(most, value), 0);
  const power = 10 ** Math.floor(Math.log10(Math.max(1, largest)));
  return [1, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((top) => top >= largest) ?? largest;
}

const toText = ([x, y]: readonly [x: number, y: number]) => `${round(x)},${round(y)}`;
const round = (value: number) => Math.round(value * 100) / 100;
