/** One instruction of a Dockerfile, with the lines that it goes on in. */
export interface Instruction {
  /** Such as `RUN`. */
  readonly name: string;
  readonly text: string;
}

/** The instructions of each stage; those before the first `FROM` come first. */
export function parseStages(dockerfile: string): readonly (readonly Instruction[])[] {
  const lines = dockerfile.replaceAll(/^\s*#.*\n/gm, '').replaceAll(/\\\n\s*/g, '');
  const stages: Instruction[][] = [[]];
  for (const line of lines.split('\n').filter((text) => text.trim() !== '')) {
    const [name = '', ...rest] = line.trim().split(' ');
    if (name === 'FROM') stages.push([]);
    stages.at(-1)?.push({ name, text: rest.join(' ').trim() });
  }
  return stages;
}

/** What is run without a shell, as words. @returns undefined for what a shell would read */
export function toWords(text: string): readonly string[] | undefined {
  const list = /\[.*\]$/.exec(text)?.[0];
  try {
    return list === undefined ? undefined : (JSON.parse(list) as string[]);
  } catch {
    return undefined;
  }
}
