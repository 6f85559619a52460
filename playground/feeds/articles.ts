/** An article of the Harbour Post. The paper, its town and everybody in it are invented. */
export interface InventedArticle {
  readonly title: string;
  readonly byline: string;
  readonly paragraphs: readonly string[];
}

export const articles: readonly InventedArticle[] = [
  {
    title: 'Ferries sail again from Gullhaven',
    byline: 'Nell Farrow',
    paragraphs: [
      'Ferries left Gullhaven on time for the first time in nine days after the harbour reopened its north pier.',
      '“The pier is safe, and I would stand on it with my own children,” said Ines Calder, the harbour master.',
      'Divers had found two broken piles in the week of the storm. Calder said the repair cost less than half of what the town had set aside.',
      '“Nobody apologised to us for nine lost days,” said Tomas Reyk, who skippers the ferry Marigold.',
    ],
  },
  {
    title: 'Council puts off vote on the tram to Lantern Hill',
    byline: 'Otto Brandvik',
    paragraphs: [
      'The council of Gullhaven put off its vote on a tram to Lantern Hill until the spring.',
      '“We won’t borrow eleven million crowns on the strength of a sketch,” said Mayor Petra Lindqvar.',
      'Councillor Hamid Osei disagreed. “Every winter that we wait, the hill pays for it in taxis,” Osei told the meeting.',
      'According to the town’s engineers, the steepest part of the line would need a rack railway.',
    ],
  },
  {
    title: 'Herring come back to the inner bay',
    byline: 'Nell Farrow',
    paragraphs: [
      'Herring have spawned in the inner bay of Gullhaven, where none had been counted for seventeen years.',
      '“We thought that the sonar was broken,” said Doctor Mirela Santos, who runs the marine station.',
      'Santos said clearer water was the likeliest reason, and that one good year proves nothing.',
      '“Leave them alone for three summers and there will be enough for everybody,” said Tomas Reyk, a skipper.',
    ],
  },
  {
    title: 'Library stays open until midnight before examinations',
    byline: 'Juno Pell',
    paragraphs: [
      'Gullhaven’s library will stay open until midnight in the six weeks before school examinations.',
      '“A warm room with a lamp is the cheapest tutor that a town can hire,” said Edda Marsh, the librarian.',
      'The extra hours are paid for by the sale of duplicate maps. Marsh said the maps brought in more than she had dared to hope.',
      'Mayor Petra Lindqvar called the plan “a very small cost for a very large good”.',
    ],
  },
  {
    title: 'Lighthouse keeper retires after forty winters',
    byline: 'Otto Brandvik',
    paragraphs: [
      'Bram Oakes, the last keeper of the lighthouse on Skerry Point, retired on Friday after forty winters.',
      '“I never once missed the city, but I did miss fresh bread,” Oakes said.',
      'The lamp will be switched by the harbour office from now on.',
      'Ines Calder, the harbour master, said the tower will not be sold. “A light that belongs to nobody is looked after by nobody,” she said.',
    ],
  },
  {
    title: 'Bakers and council at odds over flour tax',
    byline: 'Juno Pell',
    paragraphs: [
      'Bakers in Gullhaven closed for an hour on Tuesday in protest at a tax on flour that comes by sea.',
      '“You can’t tax bread at the quay and then praise it at the fair,” said Rosa Quill, who chairs their guild.',
      'Mayor Petra Lindqvar said the tax pays for dredging the harbour, without which no flour would arrive at all.',
      '“I am ready to lower it, but not to pretend that mud moves itself,” Lindqvar said.',
    ],
  },
  {
    title: 'School orchestra asks for its cello back',
    byline: 'Nell Farrow',
    paragraphs: [
      'The school orchestra of Gullhaven has asked whoever took its only cello from a tram stop to bring it back.',
      '“We won’t ask any questions, but we will ask for the bow as well,” said Viktor Amsel, who conducts it.',
      'The concert on Saturday goes ahead. Amsel said two bassoons will play the part of the cello.',
      '“It sounds like a sad goose, and we are proud of it,” said Lotte Varga, who plays one of them.',
    ],
  },
  {
    title: 'Storm barrier passes its first test',
    byline: 'Otto Brandvik',
    paragraphs: [
      'The new barrier across the mouth of the harbour closed in fourteen minutes in its first test, four fewer than planned.',
      '“The sea was kind today, and it won’t always be,” said Hanne Iversholt, the chief engineer.',
      'Iversholt said one of the six gates had moved more slowly than the others and will be taken apart.',
      'Councillor Hamid Osei said the barrier had cost twice as much as promised. “It works, and it is late, and both are true,” he said.',
    ],
  },
  {
    title: 'Old tannery to become workshops',
    byline: 'Juno Pell',
    paragraphs: [
      'The old tannery on Rope Street will become forty workshops, its new owners announced on Monday.',
      '“Rents will stay where a carpenter can pay them,” said Samir Delacote, who speaks for the owners.',
      'Neighbours were cautious. “I have heard that sentence about three buildings, and I can’t afford any of them,” said Rosa Quill, a baker.',
      'The council’s planning office said it had received no application yet.',
    ],
  },
  {
    title: 'Marine station warns of warmer winters in the bay',
    byline: 'Nell Farrow',
    paragraphs: [
      'The water of the bay was warmer this winter than in any other since the marine station began to measure it.',
      '“Two degrees don’t sound like much until you are a cod,” said Doctor Mirela Santos, who runs the station.',
      'Santos said the ice road to Skerry Point may not open again.',
      '“My grandfather drove a cart over that ice,” said Bram Oakes, who kept the lighthouse there.',
    ],
  },
  {
    title: 'Night buses return on trial',
    byline: 'Otto Brandvik',
    paragraphs: [
      'Night buses will run again in Gullhaven from Thursday to Saturday, on trial for a hundred days.',
      '“If they are full we keep them, and if they are empty we will say so,” said Councillor Hamid Osei.',
      'Drivers had asked for two people on each bus. Their union said it accepts cameras instead.',
      '“A camera has never helped anybody off the floor,” said Jonas Wickett, who drove the last night bus nine years ago.',
    ],
  },
  {
    title: 'Harbour master rules out cruise ships',
    byline: 'Juno Pell',
    paragraphs: [
      'Ships with more than three hundred passengers will not be let into Gullhaven, the harbour master said on Wednesday.',
      '“We have one pier, two lavatories and a great deal of self-respect,” said Ines Calder.',
      'The hotels’ association called the decision hasty and said it will appeal.',
      'Mayor Petra Lindqvar said she had not been asked. “I would have said no more politely,” she added.',
    ],
  },
];
