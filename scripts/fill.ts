/** Makes the content of a generated part of a document, in Markdown without surrounding blank lines. */
export type Section = () => string;

const PART = /^<!-- generated: (.+) -->$\n[\s\S]*?^<!-- \/generated -->$/gm;

/**
 * Replace what stands between `<!-- generated: NAME -->` and `<!-- /generated -->` by the section of that name.
 *
 * @returns the document with every part filled; filling it again changes nothing
 * @throws if a part names no section
 */
export function fill(document: string, sections: ReadonlyMap<string, Section>): string {
  return document.replace(PART, (_part, name: string) => {
    const section = sections.get(name);
    if (!section) throw new Error(`There is no generated section "${name}".`);
    return `<!-- generated: ${name} -->\n\n${section()}\n\n<!-- /generated -->`;
  });
}
