/** A quote, with words that somebody who waits for it might watch for, and words that must not find it. All invented. */
export interface LabelledQuote {
  readonly quote: string;
  /** Says something like the quote: remembered roughly, in part, misspelt, or in other words. */
  readonly like: readonly [string, string, string];
  /** On the same subject but another statement, or only sharing words. */
  readonly unlike: readonly [string, string];
}

export const labelledQuotes: readonly LabelledQuote[] = [
  {
    quote: 'We will rebuild the bridge before winter comes',
    like: [
      'rebuild the bridge before winter',
      'the brige will be rebuilt this winter',
      'put the bridge back up before it gets cold',
    ],
    unlike: ['the bridge was closed last winter', 'tear down the bridge'],
  },
  {
    quote: 'The harbour has no room left for larger ships',
    like: [
      'no room for larger ships',
      'harbour has no space left for bigger ships',
      'the port is too small for big vessels',
    ],
    unlike: ['larger ships will come to the harbour next year', 'there is no room left in the hospital'],
  },
  {
    quote: 'Interest rates will stay where they are until inflation falls below three percent',
    like: [
      'interest rates will stay where they are',
      'rates stay until inflation falls below three percent',
      'no change in borrowing costs until prices calm down',
    ],
    unlike: ['interest rates will rise next month', 'inflation fell below three percent'],
  },
  {
    quote: 'Nobody told us that the water was not safe to drink',
    like: [
      'nobody told us the water was not safe',
      'water not safe to drink',
      'we were never warned about the drinking water',
    ],
    unlike: ['the water is safe to drink', 'nobody told us about the new school'],
  },
  {
    quote: 'This budget takes money from the poor and gives it to the rich',
    like: [
      'takes money from the poor and gives it to the rich',
      'budget robs the poor for the rich',
      'the buget takes from the poor',
    ],
    unlike: ['the budget gives more money to schools', 'rich countries give money to poor ones'],
  },
  {
    quote: 'Our troops will remain on the border as long as they are needed',
    like: [
      'troops will remain on the border',
      'troops stay on the border as long as needed',
      'soldiers are not leaving the frontier',
    ],
    unlike: ['troops will leave the border in spring', 'the border will remain open'],
  },
  {
    quote: 'I did not take a single coin from that company',
    like: ['did not take a single coin', 'I never took a coin from that company', 'I was not paid by the firm'],
    unlike: ['the company did not pay its workers', 'a single company took the contract'],
  },
  {
    quote: 'The vaccine will be free for everyone over sixty',
    like: [
      'vaccine free for everyone over sixty',
      'free vacine for people over sixty',
      'older people will not pay for the jab',
    ],
    unlike: ['the vaccine is not free', 'everyone over sixty may travel for free'],
  },
  {
    quote: 'We are closing the last coal mine in the valley at the end of the year',
    like: [
      'closing the last coal mine',
      'last coal mine in the valley closes this year',
      'the pit will shut in December',
    ],
    unlike: ['a new coal mine will open in the valley', 'the last train of the year'],
  },
  {
    quote: 'Teachers deserve a raise and they will get one',
    like: ['teachers deserve a raise', 'teachers will get a raise', 'higher pay for school staff'],
    unlike: ['teachers will go on strike', 'taxes will get a raise'],
  },
  {
    quote: 'There is no evidence that the election was stolen',
    like: [
      'no evidence that the election was stolen',
      'election was not stolen, there is no evidence',
      'no proof of fraud in the vote',
    ],
    unlike: ['the election was stolen', 'evidence was stolen from the court'],
  },
  {
    quote: 'The new railway line will cut the journey to forty minutes',
    like: [
      'railway line will cut the journey to forty minutes',
      'new rail line cuts journey',
      'trains will be much faster',
    ],
    unlike: ['the railway line is forty years old', 'the journey was delayed by forty minutes'],
  },
  {
    quote: 'Farmers cannot survive another summer without rain',
    like: [
      'farmers cannot survive another summer without rain',
      'farmers can not survive another dry summer',
      'one more drought would ruin agriculture',
    ],
    unlike: ['farmers hope for rain', 'nobody could survive the summer heat in the city'],
  },
  {
    quote: 'We demand that the factory be inspected by people who know what they are doing',
    like: [
      'demand that the factory be inspected',
      'factory inspected by people who know what they are doing',
      'proper checks of the plant',
    ],
    unlike: ['the factory was inspected last year', 'people know what the factory makes'],
  },
  {
    quote: 'The museum must return the statues to the village they came from',
    like: ['museum must return the statues', 'return the statues to the village', 'give the sculptures back'],
    unlike: ['the museum bought two statues', 'villagers must return to work'],
  },
  {
    quote: 'My client is innocent and we will appeal',
    like: ['my client is innocent', 'client is inocent and will appeal', 'we will challenge the verdict'],
    unlike: ['my client pleaded guilty', 'the appeal was rejected'],
  },
  {
    quote: 'Artificial intelligence should never decide who gets a loan',
    like: [
      'artificial intelligence should never decide who gets a loan',
      'AI must not decide about loans',
      'artificial inteligence deciding loans',
    ],
    unlike: ['artificial intelligence will create jobs', 'nobody gets a loan without a house'],
  },
  {
    quote: 'We lost three good colleagues in that fire',
    like: [
      'lost three good colleagues in that fire',
      'three colleagues lost in the fire',
      'some of our crew died in the blaze',
    ],
    unlike: ['three good reasons to fight the fire', 'the fire started in three places'],
  },
  {
    quote: 'The ceasefire will only hold if both sides pull back their guns',
    like: [
      'ceasefire will only hold if both sides pull back',
      'both sides must pull back their guns',
      'the truce depends on withdrawing weapons',
    ],
    unlike: ['both sides broke the ceasefire', 'guns on both sides of the river'],
  },
  {
    quote: 'Rents in this city have doubled in five years and nobody has done anything',
    like: [
      'rents have doubled in five years',
      'rents in this city doubled and nobody did anything',
      'housing costs went up twofold',
    ],
    unlike: ['rents have fallen in five cities', 'nobody has done more for this city'],
  },
  {
    quote: 'The whales have come back because we stopped hunting them',
    like: [
      'whales have come back',
      'whales came back because hunting stopped',
      'an end to whaling brought the animals back',
    ],
    unlike: ['whales are hunted again', 'the hunters have come back'],
  },
  {
    quote: 'We will not negotiate with people who kidnap children',
    like: [
      'we will not negotiate with people who kidnap children',
      'will not negociate with kidnappers of children',
      'no talks with the abductors',
    ],
    unlike: ['we will negotiate with the teachers', 'children were kidnapped by people from the north'],
  },
  {
    quote: 'Every household will get a hundred euros to pay for heating',
    like: [
      'every household gets a hundred euros for heating',
      'hundred euros to pay for heating',
      'families receive money for their energy bills',
    ],
    unlike: ['every household will pay a hundred euros more', 'heating will be banned in every public building'],
  },
  {
    quote: 'The satellite stopped talking to us at four in the morning',
    like: [
      'satellite stopped talking to us',
      'the satelite stopped talking at four in the morning',
      'we lost contact with the spacecraft',
    ],
    unlike: ['the satellite was launched at four in the morning', 'ministers stopped talking to us'],
  },
  {
    quote: 'Parliament has been lied to and so have the voters',
    like: [
      'parliament has been lied to',
      'parliament and voters have been lied to',
      'they misled the house and the public',
    ],
    unlike: ['parliament has been dissolved', 'voters will choose a new parliament'],
  },
  {
    quote: 'If the river rises another metre we will have to leave our homes',
    like: [
      'if the river rises another metre we have to leave',
      'leave our homes if the river rises',
      'evacuate when the water gets higher',
    ],
    unlike: ['the river rises in the mountains', 'we had to leave our homes because of the war'],
  },
  {
    quote: 'Smoking in parks will be forbidden from the first of May',
    like: [
      'smoking in parks will be forbidden',
      'smoking forbidden in parks from the first of may',
      'no more cigarettes in public gardens',
    ],
    unlike: ['dogs will be forbidden in parks', 'the parks will close on the first of May'],
  },
  {
    quote: 'I have never seen a team fight so hard for a draw',
    like: [
      'never seen a team fight so hard for a draw',
      'team fought so hard for a draw',
      'they battled to get a point',
    ],
    unlike: ['the team did not fight', 'I have never seen a better painting or a better draw'],
  },
  {
    quote: 'The airline owes its passengers an apology and their money back',
    like: [
      'airline owes its passengers an apology',
      'passengers are owed their money back by the airline',
      'the carrier should refund travellers',
    ],
    unlike: ['the airline will carry more passengers', 'passengers owe the airline money'],
  },
  {
    quote: 'Our hospital has two doctors for forty thousand people',
    like: ['two doctors for forty thousand people', 'hospital has only two doctors', 'far too few physicians here'],
    unlike: ['two doctors were fired from the hospital', 'forty thousand people marched to the palace'],
  },
  {
    quote: 'We found traces of the chemical in nine out of ten wells',
    like: [
      'traces of the chemical in nine out of ten wells',
      'chemical found in nine wells',
      'most of the groundwater is contaminated',
    ],
    unlike: ['nine out of ten people drink from wells', 'no traces of the chemical were found'],
  },
  {
    quote: 'Sanctions will hit the generals and not the people',
    like: [
      'sanctions will hit the generals not the people',
      'sanctions hit generals',
      'penalties against the military leaders',
    ],
    unlike: ['sanctions will hit the people', 'the generals hit the people'],
  },
  {
    quote: 'Our grandchildren will ask why we did nothing about the forests',
    like: [
      'grandchildren will ask why we did nothing about the forests',
      'our grandchildren will ask why we did nothing',
      'future generations will blame us for the trees',
    ],
    unlike: ['our grandchildren will plant forests', 'nothing was found in the forests'],
  },
  {
    quote: 'The bank knew about the missing millions for two years',
    like: [
      'bank knew about the missing millions',
      'the bank knew for two years',
      'the lender was aware of the lost money',
    ],
    unlike: ['the bank lost millions in two years', 'millions are missing from the census'],
  },
  {
    quote: 'Cyclists have a right to a safe road like everybody else',
    like: [
      'cyclists have a right to a safe road',
      'cyclist right to safe roads',
      'people on bikes need protection in traffic',
    ],
    unlike: ['cyclists must leave the road', 'everybody else has a right to park'],
  },
  {
    quote: 'The dam can hold for another week at most',
    like: [
      'dam can hold for another week at most',
      'the dam will hold another week',
      'the barrier will break within days',
    ],
    unlike: ['the dam will be built within a week', 'the talks can go on for another week at most'],
  },
  {
    quote: 'We are not at war with the north and we never will be',
    like: [
      'we are not at war with the north',
      'never at war with the north',
      'no conflict with our northern neighbours',
    ],
    unlike: ['we are at war with the south', 'the north will never be poor'],
  },
  {
    quote: 'That film was made with twelve people and a borrowed camera',
    like: [
      'film made with twelve people and a borrowed camera',
      'twelve people and a borrowed camera',
      'the movie had a tiny crew',
    ],
    unlike: ['twelve people watched the film', 'the camera was stolen by two people'],
  },
  {
    quote: 'The tax on sugar has failed and should be abolished',
    like: ['tax on sugar has failed', 'sugar tax should be abolished', 'scrap the levy on sweet drinks'],
    unlike: ['the tax on sugar should be doubled', 'the sugar harvest has failed'],
  },
  {
    quote: 'I am asking every young woman in this country to vote',
    like: [
      'asking every young woman to vote',
      'every young woman in this country should vote',
      'girls, go to the polls',
    ],
    unlike: ['young women in this country may not vote', 'I am asking every mayor to resign'],
  },
];
